"""Files in and out: canonical CSV, staged imports, exports."""
