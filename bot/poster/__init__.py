"""The poster by which a building joins: one A4 page with a QR code."""
