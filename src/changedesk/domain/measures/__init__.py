"""How an initiative is measured: earned value and schedule, benefits, risks, and what nobody looks at."""
