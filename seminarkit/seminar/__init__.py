"""The seminar as its files describe it: programme, countries, people, tasks, facts and cases."""
