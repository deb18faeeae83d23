"""Rasa custom actions: read the tracker, call ``guide``, send the Reply. No SQL, no wording, no figures here."""
