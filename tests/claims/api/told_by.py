"""The application, with the number of the process that answers in a header."""

import os

from config.wsgi import application as inner


def application(environ, start_response):
    def start(status, headers, *error):
        return start_response(status, [*headers, ("X-Process", str(os.getpid()))], *error)

    return inner(environ, start)
