"""Guards of the border: pydantic models of what comes in from files, forms and configuration."""
