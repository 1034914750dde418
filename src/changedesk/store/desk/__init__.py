"""The desk as a file: where it lies, how it is opened, made, brought up to date and restored."""
