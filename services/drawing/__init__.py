"""Pictures, drawn by hand as SVG and made into PNG."""
