"""People in a text: what is known of them, where their names stand, who is who."""

from signaal.anonymise.text.people.known import Known, names_nobody

__all__ = ["Known", "names_nobody"]
