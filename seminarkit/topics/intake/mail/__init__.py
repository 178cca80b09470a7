"""Read mails: split them into parts and find the lines their sender wrote."""
