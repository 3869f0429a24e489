"""A city under a simulated clock: the real house, a messenger in the same process, people as studies found them."""
