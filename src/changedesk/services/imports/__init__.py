"""Files in and out: imports that can be taken back, maps for other tools, watched folders, exports."""
