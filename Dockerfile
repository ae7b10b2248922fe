# One image for web, worker, clock and the one-time tasks. Build: docker build -t critical-friend .
FROM python:3.11-slim-bookworm AS environment
WORKDIR /app
COPY requirements/uv.txt requirements/base.txt requirements/
RUN python -m venv /uv \
    && /uv/bin/python -m pip install -q --require-hashes --only-binary :all: -r requirements/uv.txt \
    && /uv/bin/uv venv -q --python /usr/local/bin/python /app/.venv \
    && /uv/bin/uv pip sync -q --compile-bytecode --python /app/.venv/bin/python --require-hashes --no-build requirements/base.txt

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --uid 10001 friend
WORKDIR /app
COPY --from=environment /app/.venv .venv
COPY . .
ENV PATH=/app/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 VAR_DIR=/var/lib/critical-friend
# Fonts and style sheets belong to the image; everything that people make is in the database and the object storage.
RUN mkdir -p "$VAR_DIR/run" \
    && SECRET_KEY=only-for-building python manage.py build_fonts \
    && SECRET_KEY=only-for-building python manage.py collectstatic --noinput \
    && chown -R friend: "$VAR_DIR"
USER friend
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "1", \
     "--http", "1", "--no-ws", "--respawn-failed-workers", "--workers-kill-timeout", "10", "config.wsgi:application"]
