"""Questions about notices: asked, told to whoever sent the notice, answered, by the house itself too (提问)."""
