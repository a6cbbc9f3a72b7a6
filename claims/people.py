"""Who works on a claim, and until when."""
