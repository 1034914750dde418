"""The go-live and the weeks after it, as the service desk looks at them."""
