package dev.slipway.starter;

import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Bodies have a limit, whatever length they claim: 64 KiB for JSON of ours, another one for what is read from the stream. */
@ControllerAdvice
class BodyLimit extends RequestBodyAdviceAdapter {
    private static final int MOST = 64 * 1024;

    @Override
    public boolean supports(
            MethodParameter parameter, Type target, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type target,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        InputStream body = new Limited(message.getBody());
        return new HttpInputMessage() {
            @Override
            public InputStream getBody() {
                return body;
            }

            @Override
            public HttpHeaders getHeaders() {
                return message.getHeaders();
            }
        };
    }

    /**
     * A body as it comes, for a handler that takes the request and no {@code @RequestBody}.
     *
     * @param most in bytes
     * @param limit the sentence that says so
     * @throws Refusal 413 too-large
     */
    static byte[] read(HttpServletRequest request, int most, String limit) throws IOException {
        byte[] body = request.getInputStream().readNBytes(most + 1);
        if (body.length > most) {
            throw Refusal.tooLarge(limit);
        }
        return body;
    }

    private static final class Limited extends FilterInputStream {
        private long left = MOST;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw Refusal.tooLarge("a JSON body has at most 64 KiB");
            }
        }
    }
}
