"""Which service sent a message, as the fields that only it adds tell."""

from __future__ import annotations

from cleankit.readers.email.fields import Fields

SERVICES: dict[str, str] = {
    "x-elqpod": "Eloqua",
    "x-elqsiteid": "Eloqua",
    "x-emarsys-identify": "Emarsys",
    "x-google-group-id": "Google Groups",
    "x-hs-cid": "HubSpot",
    "x-kmail-account": "Klaviyo",
    "x-kmail-message": "Klaviyo",
    "x-listmember": "phpList",
    "x-listmonk-campaign": "listmonk",
    "x-mailgun-sending-ip": "Mailgun",
    "x-mailgun-sid": "Mailgun",
    "x-mailin-campaign": "Brevo",
    "x-mailin-eid": "Brevo",
    "x-mailjet-campaign": "Mailjet",
    "x-mailman-version": "Mailman",
    "x-mandrill-user": "Mandrill",
    "x-marketoid": "Marketo",
    "x-mc-user": "Mailchimp",
    "x-mj-mid": "Mailjet",
    "x-mktmaildkim": "Marketo",
    "x-msfbl": "SparkPost",
    "x-pm-message-id": "Postmark",
    "x-roving-campaignid": "Constant Contact",
    "x-roving-id": "Constant Contact",
    "x-ses-outgoing": "Amazon SES",
    "x-sfmc-stack": "Salesforce Marketing Cloud",
    "x-sg-eid": "SendGrid",
    "x-sib-id": "Brevo",
}
"""The service that a field tells, by the field's name in lower case."""


def service(fields: Fields) -> str | None:
    """The name of the service whose field stands first in the header, or None."""
    return next((SERVICES[name] for name in fields.values if name in SERVICES), None)
