package phr.gateway.record;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A Bundle of type searchset or history written around stored bytes: only the small frame is made here, resources are copied. */
final class SearchsetWriter {

    private final OutputStream out;
    private final String baseUrl;
    private boolean any;

    /** @param baseUrl without trailing slash */
    SearchsetWriter(OutputStream out, String baseUrl) {
        this.out = out;
        this.baseUrl = baseUrl;
    }

    /**
     * Head of the bundle.
     *
     * @param type {@code searchset} or {@code history}
     * @param notice whether it carries {@link MayBeIncomplete}
     */
    void begin(String type, boolean notice) throws IOException {
        ascii("{\"resourceType\":\"Bundle\"");
        if (notice) {
            ascii(",\"meta\":");
            out.write(MayBeIncomplete.META.getBytes(StandardCharsets.UTF_8));
        }
        ascii(",\"type\":\"" + type + "\"");
    }

    void total(long total) throws IOException {
        ascii(",\"total\":" + total);
    }

    /**
     * @param json the complete resource
     * @param mode {@code match} or {@code include}
     */
    void add(String type, UUID id, byte[] json, String mode) throws IOException {
        entry(type, id);
        ascii(",\"resource\":");
        out.write(json);
        ascii(",\"search\":{\"mode\":\"" + mode + "\"}}");
    }

    /** One version of a history; a deletion has no resource. */
    void version(Entry version, byte[] json) throws IOException {
        entry(version.type(), version.id());
        if (!version.deleted()) {
            ascii(",\"resource\":");
            out.write(json);
        }
        String method = version.deleted() ? "DELETE" : version.version() == 1 ? "POST" : "PUT";
        String url = version.version() == 1 ? version.type() : version.type() + "/" + version.id();
        String status = version.deleted() ? "204" : version.version() == 1 ? "201" : "200";
        ascii(",\"request\":{\"method\":\"" + method + "\",\"url\":\"" + url + "\"},\"response\":{\"status\":\""
                + status + "\",\"etag\":\"W/\\\"" + version.version() + "\\\"\",\"lastModified\":\""
                + version.lastUpdated() + "\"}}");
    }

    private void entry(String type, UUID id) throws IOException {
        ascii(any ? "," : ",\"entry\":[");
        any = true;
        ascii("{\"fullUrl\":");
        string(baseUrl + "/" + type + "/" + id);
    }

    /** Links stand last: whether there is a next page is known only now. Addresses are relative to the base. */
    void end(String self, @Nullable String next) throws IOException {
        ascii(any ? "],\"link\":[" : ",\"link\":[");
        link("self", self);
        if (next != null) {
            ascii(",");
            link("next", next);
        }
        ascii("]}");
    }

    private void link(String relation, String address) throws IOException {
        ascii("{\"relation\":\"" + relation + "\",\"url\":");
        string(baseUrl + "/" + address);
        ascii("}");
    }

    private void string(String text) throws IOException {
        out.write('"');
        out.write(JsonStringEncoder.getInstance().quoteAsUTF8(text));
        out.write('"');
    }

    private void ascii(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
