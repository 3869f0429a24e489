"""One adapter a messenger behind one port."""
