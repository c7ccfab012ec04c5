# SPDX-License-Identifier: EUPL-1.2
# smtp_server.py FOLDER [PORT [OPTION…]]: a real mail server (aiosmtpd) on loopback, with the certificate in FOLDER,
# that goes wrong as it is told by whom a letter is for. Prints its port as the first line; writes what it took and what
# it refused into FOLDER/smtp.log, a JSON object a line, and each letter it took into FOLDER/letters.
#
#     no.*       550 5.1.1 to RCPT                 later.*    451 to RCPT, the first time
#     full.*     552 5.2.2 to RCPT                 busy.*     451 behind the dot, the first time
#     spam.*     554 5.7.1 behind the dot          slow.*     answers the dot after two seconds
#     cut.rcpt.* cut.data.* cut.dot.*              ends the connection there, the first time; cut.dot has taken the letter
#
# Options: plain (no STARTTLS), password (asks for poczta@zaulek.example / tajne hasło), wrong (takes no password),
# closing (421 to EHLO), sender (550 to MAIL), cut (ends each connection at its greeting), rest=N (ends a connection
# with 421 behind so many letters).
import asyncio, email, json, ssl, sys, time
from email import policy
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult

folder = Path(sys.argv[1])
port = int(sys.argv[2]) if len(sys.argv) > 2 else 0
options = dict(option.partition('=')[::2] for option in sys.argv[3:])
seen, taken = {}, 0


def note(**what):
    with open(folder / 'smtp.log', 'a') as log:
        log.write(json.dumps({'at': time.time(), **what}) + '\n')


def is_first(what, address):
    seen[what, address] = seen.get((what, address), 0) + 1
    return seen[what, address] == 1


def cut(server):
    server.transport.abort()
    raise ConnectionResetError


class Handler:
    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        if 'closing' in options:
            return ['421 4.3.2 closing for today']
        return responses

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        session.letters = getattr(session, 'letters', 0) + 1
        if 'rest' in options and session.letters > int(options['rest']):
            return '421 4.7.0 enough for this connection'
        if 'sender' in options:
            return '550 5.7.1 you are not the one'
        envelope.mail_from = address
        return '250 OK'

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith('no.'):
            note(event='refused', to=address)
            return '550 5.1.1 no such user here'
        if address.startswith('full.'):
            return '552 5.2.2 mailbox full'
        if address.startswith('later.') and is_first('rcpt', address):
            note(event='put off', to=address)
            return '451 4.7.1 greylisted, come again'
        if address.startswith('cut.rcpt.') and is_first('rcpt', address):
            note(event='cut', to=address)
            cut(server)
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        global taken
        to = envelope.rcpt_tos[0]
        if to.startswith('spam.'):
            return '554 5.7.1 we do not like the look of it'
        if to.startswith('busy.') and is_first('data', to):
            note(event='put off', to=to)
            return '451 4.3.0 too busy'
        if to.startswith('slow.'):
            await asyncio.sleep(2)
        letter = email.message_from_bytes(envelope.content, policy=policy.default)
        is_cut = to.startswith('cut.dot.') and is_first('dot', to)
        note(event='taken', to=to, id=letter['Message-ID'], sender=envelope.mail_from, tls=session.ssl is not None,
             user=session.auth_data if session.authenticated else None, ehlo=session.host_name, cut=is_cut)
        (folder / 'letters' / f'{taken}.eml').write_bytes(envelope.content)
        taken += 1
        if is_cut:
            cut(server)
        return '250 2.0.0 taken'


def authenticate(server, session, envelope, mechanism, data):
    is_right = data.login == b'poczta@zaulek.example' and data.password == 'tajne hasło'.encode()
    note(event='sign in', right=is_right)
    if 'wrong' in options or not is_right:
        return AuthResult(success=False, handled=False, message='535 5.7.8 wrong name or password')
    return AuthResult(success=True, auth_data=data.login.decode())


class Quiet(SMTP):
    def connection_made(self, transport):
        super().connection_made(transport)
        if 'cut' in options:
            transport.abort()

    async def smtp_DATA(self, arg):
        to = (self.envelope.rcpt_tos or [''])[0]
        if to.startswith('cut.data.') and is_first('data', to):
            note(event='cut', to=to)
            cut(self)
        await super().smtp_DATA(arg)

    async def handle_exception(self, error):
        return '500 gone'


def make():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / 'server.pem', folder / 'server.key')
    asks = 'password' in options or 'wrong' in options
    return Quiet(Handler(), hostname='mail.test', tls_context=None if 'plain' in options else context,
                 require_starttls='plain' not in options, authenticator=authenticate if asks else None,
                 auth_required=asks, auth_require_tls=True, timeout=60)


def remember():
    """What another one cut off before: it was the first time then."""
    log = folder / 'smtp.log'
    for line in log.read_text().splitlines() if log.exists() else []:
        entry = json.loads(line)
        if entry.get('cut'):
            seen['dot', entry['to']] = 1


async def main():
    remember()
    (folder / 'letters').mkdir(exist_ok=True)
    server = await asyncio.get_running_loop().create_server(make, '127.0.0.1', port)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


asyncio.run(main())
