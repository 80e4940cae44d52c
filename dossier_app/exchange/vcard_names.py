"""Names of vCard properties and types: what they mean to a human."""

from __future__ import annotations

import re

from dossier_app.domain.language import mark

# Prefixes that programs put before a name that means the same everywhere.
VENDOR = re.compile(r"^X-(?:EVOLUTION-|WAB-|MS-|KADDRESSBOOK-X-|ABC-)?")

# Names of properties that hold nothing a human wrote or wants to read.
TECHNICAL = frozenset(
    (
        "VERSION PRODID REV SORT-STRING PROFILE CLASS MAILER NAME CLIENTPIDMAP X-ABLABEL "
        "X-ABADR X-ABUID X-ACCOUNT X-GENERATOR X-ETAG X-THUNDERBIRD-ETAG X-IMAGETYPE "
        "X-IMAGEHASH X-EVOLUTION-FILE-AS X-EVOLUTION-WEBDAV-ETAG X-COUCHDB-APPLICATION- "
        "ANNOTATIONS X-MS-OL-DESIGN X-MS-OL-DEFAULT-POSTAL-ADDRESS X-SHARED-PHOTO-DISPLAY- "
        "PREF X-FC-TAGS X-FC-LIST-ID X-ID "
    ).split()
)
LABELS = {
    "cell": "mobile", "mobile": "mobile", "iphone": "mobile", "fax": "fax", "work": "work",
    "home": "home", "dom": "", "intl": "", "postal": "", "parcel": "", "pref": "", "voice": "",
    "internet": "", "email": "", "msg": "", "text": "", "video": "", "x400": "", "main": "",
    "pcs": "", "textphone": "", "vcard": "", "inline": "",
}  # fmt: skip
MESSENGERS = {
    "IMPP": "", "X-SOCIALPROFILE": "", "X-SKYPE": "skype", "X-SKYPE-USERNAME": "skype",
    "X-ICQ": "icq", "X-JABBER": "jabber", "X-AIM": "aim", "X-MSN": "msn", "X-YAHOO": "yahoo",
    "X-QQ": "qq", "X-GTALK": "gtalk", "X-GOOGLE-TALK": "gtalk", "X-GADUGADU": "gadugadu",
    "X-TELEGRAM": "telegram", "X-WHATSAPP": "whatsapp", "X-VIBER": "viber", "X-VK": "vk",
    "X-TWITTER": "twitter", "X-MATRIX": "matrix", "X-MS-IMADDRESS": "chat",
}  # fmt: skip
FAMILY = {"PHOTO": "image", "LOGO": "image", "X-MS-CARDPICTURE": "image", "SOUND": "audio"}
BY_MEANING = {
    "ROLE": mark("Role"),
    "ANNIVERSARY": mark("Anniversary"),
    "WEDDING_ANNIVERSARY": mark("Anniversary"),
    "SPOUSE": mark("Spouse"),
    "SPOUSE_NAME": mark("Spouse"),
    "CHILD": mark("Child"),
    "CHILDREN": mark("Child"),
    "MANAGER": mark("Manager"),
    "ASSISTANT": mark("Assistant"),
    "GENDER": mark("Sex"),
    "LANG": mark("Language"),
    "HOBBY": mark("Hobby"),
    "INTEREST": mark("Interest"),
    "EXPERTISE": mark("Expertise"),
    "BIRTHPLACE": mark("Place of birth"),
    "DEATHDATE": mark("Date of death"),
    "GEO": mark("Coordinates"),
    "TZ": mark("Time zone"),
    "PHOTO": mark("Photo"),
    "X-MS-CARDPICTURE": mark("Photo"),
    "LOGO": mark("Logo"),
    "SOUND": mark("Sound"),
    "KEY": mark("Key"),
    "RELATED": mark("Related"),
    "X-ABRELATEDNAMES": mark("Related"),
    "X-ABDATE": mark("Date"),
    "PHONETIC-FIRST-NAME": mark("Given name as spoken"),
    "PHONETIC-MIDDLE-NAME": mark("Middle name as spoken"),
    "PHONETIC-LAST-NAME": mark("Surname as spoken"),
    "SOURCE": mark("Source of the card"),
}
