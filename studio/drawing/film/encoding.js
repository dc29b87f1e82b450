// Runs in the page that draws the film. One canvas feeds an encoder for each kind of video.

globalThis.film = {
  async start({ width, height, framerate, bitrates }) {
    this.canvas = new OffscreenCanvas(width, height);
    this.framerate = framerate;
    this.count = 0;
    this.made = {};
    this.encoders = Object.entries(bitrates).map(([codec, bitrate]) => {
      const made = (this.made[codec] = { chunks: [], configuration: "" });
      const encoder = new VideoEncoder({
        output: (chunk, metadata) => {
          const bytes = new Uint8Array(chunk.byteLength);
          chunk.copyTo(bytes);
          made.chunks.push({ data: bytes.toBase64(), key: chunk.type === "key" });
          const description = metadata?.decoderConfig?.description;
          if (description) made.configuration = new Uint8Array(description).toBase64();
        },
        error: (reason) => { throw reason; },
      });
      encoder.configure({
        codec, width, height, framerate, bitrate,
        bitrateMode: "variable",
        latencyMode: "quality",
        hardwareAcceleration: "prefer-software",
        ...(codec.startsWith("avc1") ? { avc: { format: "avc" } } : {}),
      });
      return encoder;
    });
  },

  async add(svg, keyFrame) {
    const picture = new Image();
    picture.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
    await picture.decode();
    this.canvas.getContext("2d").drawImage(picture, 0, 0);
    const microseconds = Math.round((this.count * 1e6) / this.framerate);
    const frame = new VideoFrame(this.canvas, { timestamp: microseconds });
    for (const encoder of this.encoders) {
      encoder.encode(frame, { keyFrame });
    }
    frame.close();
    this.count += 1;
    while (this.encoders.some((encoder) => encoder.encodeQueueSize > 4)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  },

  async finish() {
    await Promise.all(this.encoders.map((encoder) => encoder.flush()));
    return this.made;
  },
};
