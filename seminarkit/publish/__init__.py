"""Pages: what core participants and the public see."""
