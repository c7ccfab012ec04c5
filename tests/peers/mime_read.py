# SPDX-License-Identifier: EUPL-1.2
# mime_read.py FOLDER: reads each N.eml with Python's own email package, which is none of our code, and compares it with
# what N.json says was put in. Prints what differs; the exit status says whether anything did.
import email, json, re, sys
from email import policy
from email.header import decode_header, make_header
from email.utils import parseaddr
from html.parser import HTMLParser
from pathlib import Path


class Words(HTMLParser):
    """The text of an HTML part, its links, and the elements in it."""

    def __init__(self, html):
        super().__init__()
        self.text, self.links, self.elements, self.is_head = '', [], set(), False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.elements.add(tag)
        self.links += [value for name, value in attributes if name == 'href']
        self.is_head = self.is_head or tag == 'head'
        assert all(name in ('href', 'lang', 'charset') for name, _ in attributes), attributes

    def handle_endtag(self, tag):
        self.is_head = self.is_head and tag != 'head'

    def handle_data(self, data):
        if not self.is_head:
            self.text += data


def squeeze(text):
    return ' '.join(re.sub(r'[\x00-\x20\x7f]', ' ', text).split(' ')).strip()


def words(text):
    return re.sub(r'[ \t\n\r]+', ' ', text).strip()


def check(folder, number, say):
    given = json.loads((folder / f'{number}.json').read_text())
    raw = (folder / f'{number}.eml').read_bytes()
    message, plain = email.message_from_bytes(raw, policy=policy.default), email.message_from_bytes(raw)

    def same(what, got, wanted):
        if got != wanted:
            say(f'{number}: {what} is {got!r}, not {wanted!r}')

    def one_line(text):
        return re.sub(' +', ' ', squeeze(text))

    known = {'Date', 'From', 'To', 'Subject', 'Message-ID', 'Auto-Submitted', 'Content-Language', 'MIME-Version', 'Content-Type'}
    known |= {'Reply-To'} if 'reply_to' in given else set()
    known |= {'List-Unsubscribe', 'List-Unsubscribe-Post'} if 'unsubscribe' in given else set()
    same('headers', sorted(message.keys()), sorted(known))
    same('defects', [str(defect) for part in message.walk() for defect in part.defects], [])
    for header, field in (('From', 'from'), ('To', 'to'), ('Reply-To', 'reply_to')):
        if field not in given:
            continue
        same(header, [a.addr_spec for a in message[header].addresses], [given[field][1]])
        # The names by the older of its two readers: the newer keeps spaces between encoded words in 3.11.
        name, _ = parseaddr(re.sub(r'\r\n', '', plain[header]))
        same(f'name in {header}', str(make_header(decode_header(name))), one_line(given[field][0]))
    same('Subject', str(message['Subject'] or ''), one_line(given['subject']))
    same('Message-ID', message['Message-ID'], f"<{given['id']}>")
    same('Date', int(message['Date'].datetime.timestamp()), given['date'])
    if 'unsubscribe' in given:
        same('List-Unsubscribe', message['List-Unsubscribe'], f"<{given['unsubscribe']}>")
        same('List-Unsubscribe-Post', message['List-Unsubscribe-Post'], 'List-Unsubscribe=One-Click')
    lines = raw.split(b'\r\n')
    same('bare line ends', [line for line in lines if b'\r' in line or b'\n' in line], [])
    same('long lines', [line for line in lines if len(line) > 76 and b'@' not in line and b'://' not in line], [])
    same('bytes that are not ASCII', [line for line in lines if any(byte > 126 or byte < 32 for byte in line)], [])
    same('lines of a dot', [line for line in lines if line.startswith(b'.')], [])

    text = message.get_body(('plain',)).get_content().replace('\r\n', '\n')
    wanted = re.sub(r'\r\n|\r|\n', '\n', given['text'])
    same('text', text, wanted)
    html = Words(message.get_body(('html',)).get_content())
    same('text of HTML', words(html.text), words(wanted))
    same('elements', html.elements - {'html', 'head', 'meta', 'title', 'body', 'p', 'br', 'a'}, set())
    same('links', html.links, given['links'])
    attachments = [(part.get_content_type(), part.get_filename()) for part in message.iter_attachments()]
    same('attachments', attachments, [('text/calendar', 'day.ics')] if 'calendar' in given else [])
    if 'calendar' in given:
        same('calendar', next(message.iter_attachments()).get_content().replace('\r\n', '\n'), given['calendar'].replace('\r\n', '\n'))


def main():
    folder, told = Path(sys.argv[1]), []
    numbers = sorted(int(path.stem) for path in folder.glob('*.eml'))
    for number in numbers:
        check(folder, number, told.append)
    print('\n'.join(told) if told else f'{len(numbers)} letters read as written')
    sys.exit(1 if told or not numbers else 0)


main()
