package dev.slipway.workflows.testing.slack;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.function.Consumer;

/** Slack's end of one WebSocket (RFC 6455), as far as Socket Mode needs it: texts, pings, and the end. */
final class Socket implements Closeable {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final java.net.Socket wire;
    private final DataInputStream in;
    private final DataOutputStream out;

    Socket(java.net.Socket wire) throws IOException {
        this.wire = wire;
        this.in = new DataInputStream(wire.getInputStream());
        this.out = new DataOutputStream(wire.getOutputStream());
    }

    /** Answers the handshake; what the app asked for. */
    String open() throws IOException {
        String asked = line();
        String key = "";
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-key:")) {
                key = header.substring(header.indexOf(':') + 1).strip();
            }
        }
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + accepted(key) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return asked;
    }

    /** Hears texts until the other side is gone. */
    void listen(Consumer<String> heard) {
        try {
            while (true) {
                int kind = in.readUnsignedByte() & 0x0f;
                byte[] content = content();
                switch (kind) {
                    case TEXT -> heard.accept(new String(content, StandardCharsets.UTF_8));
                    case PING -> send(PONG, content);
                    case CLOSE -> {
                        send(CLOSE, content);
                        return;
                    }
                    default -> {}
                }
            }
        } catch (IOException gone) {
            // whoever asks whether it is there finds it closed
        } finally {
            close();
        }
    }

    void send(String text) {
        try {
            send(TEXT, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError("the app is gone", e);
        }
    }

    boolean isOpen() {
        return !wire.isClosed();
    }

    /** Without a word, as when the network breaks. */
    @Override
    public void close() {
        try {
            wire.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private synchronized void send(int kind, byte[] content) throws IOException {
        out.writeByte(0x80 | kind);
        if (content.length < 126) {
            out.writeByte(content.length);
        } else if (content.length < 65536) {
            out.writeByte(126);
            out.writeShort(content.length);
        } else {
            out.writeByte(127);
            out.writeLong(content.length);
        }
        out.write(content);
        out.flush();
    }

    /** An app masks what it sends. */
    private byte[] content() throws IOException {
        int said = in.readUnsignedByte() & 0x7f;
        long length = said == 126 ? in.readUnsignedShort() : said == 127 ? in.readLong() : said;
        byte[] mask = in.readNBytes(4);
        byte[] content = in.readNBytes((int) length);
        for (int i = 0; i < content.length; i++) {
            content[i] ^= mask[i % 4];
        }
        return content;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static String accepted(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
