# SPDX-License-Identifier: EUPL-1.2
# calendar_read.py FILE.eml: what another program reads in a letter, as JSON: its subject, and of the calendar in it the
# method (of the MIME type and of the calendar itself), the event, and what libical finds wrong with it by the rules of
# that method (RFC 5546), where libical can be asked (gir1.2-ical-3.0).
import email, json, sys
from email import policy

try:
    import gi
    gi.require_version('ICalGLib', '3.0')
    from gi.repository import ICalGLib
except (ImportError, ValueError):
    ICalGLib = None

letter = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=policy.default)
told = {'subject': letter['Subject'], 'calendar': None}
for part in letter.iter_attachments():
    text = part.get_content()
    lines = text.replace('\r\n', '\n').replace('\n ', '').split('\n')
    values = {line.split(':')[0].split(';')[0]: line.split(':', 1)[1] for line in lines if ':' in line}
    told['calendar'] = {'type': part.get_content_type(), 'type_method': part.get_param('method'), 'wrong': [], **values}
    if ICalGLib:
        root = ICalGLib.Component.new_from_string(text)
        ICalGLib.restriction_check(root)
        told['calendar']['wrong'] = [] if root and root.count_errors() == 0 else [root.as_ical_string()]
print(json.dumps(told))
