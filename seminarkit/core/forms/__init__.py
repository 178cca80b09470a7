"""Forms: definitions, answers, versions of answers, and the component that shows a form."""
