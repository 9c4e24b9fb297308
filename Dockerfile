FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 UNOBOT_DATA=/data
WORKDIR /app

# What PDFs are drawn with.
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-core fonts-noto-cjk && rm -rf /var/lib/apt/lists/*

COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes --requirement requirements.txt

# What is copied is named: neither a database nor a secret of the developer's machine can slip in.
COPY manage.py ./
COPY unobot unobot
COPY chat chat
COPY experts experts
COPY bookings bookings
COPY prd prd
COPY frontend/*.py frontend/
COPY frontend/templates frontend/templates
COPY frontend/migrations frontend/migrations
COPY frontend/dist frontend/dist

RUN useradd --system --home-dir /data unobot && install --directory --owner unobot /data
USER unobot
VOLUME /data
EXPOSE 8000
CMD ["python", "manage.py", "serve", "--host", "0.0.0.0", "--port", "8000"]
