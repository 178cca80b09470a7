"""Forms: what is asked, what was answered, and the one component that shows them."""
