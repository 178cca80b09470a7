"""Statistical disclosure control: no published number gives an answer away."""
