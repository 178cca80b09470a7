"""The packs of forms sent to the delegations, and the mails that go with them."""
