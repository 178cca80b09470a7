"""Forms as data: questions, answers, versions, and the component that shows them."""
