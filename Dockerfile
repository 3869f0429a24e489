# One image for every service; what differs comes from the environment.
FROM python:3.11-slim

WORKDIR /app
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bot bot
COPY channels channels
COPY handlers handlers
COPY locales locales
COPY migrations migrations
COPY models models
COPY rules rules
COPY sandbox sandbox
COPY scheduler scheduler
COPY services services
COPY web web
RUN pip install --no-cache-dir -c constraints.txt -e '.[postgres,poster,ptb,s3]' \
    && useradd --system --create-home gridbot && mkdir /media && chown gridbot /media
USER gridbot
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["gridbot", "serve"]
