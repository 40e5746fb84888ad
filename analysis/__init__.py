"""A table of customers in, frozen results out: segments, personas, recommendations and how far to trust them."""
