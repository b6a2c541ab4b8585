package phr.gateway.ledgers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phr.gateway.audit.AccessRecord;

/** From accesses to records, in order, with a bounded number of records open at a time. */
final class Folding implements Consumer<AccessRecord> {

    static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    /** More accesses of a month than this give a second batch for it. */
    private static final int OPEN = 1000;

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Consumer<Record> records;
    private final List<Record> open = new ArrayList<>();
    private final Map<List<Object>, Record> latest = new HashMap<>();
    private @Nullable YearMonth month;

    Folding(Consumer<Record> records) {
        this.records = records;
    }

    @Override
    public void accept(AccessRecord access) {
        YearMonth current = YearMonth.from(access.at().atZone(TOKYO));
        if (!current.equals(month) || open.size() >= OPEN) {
            close();
            month = current;
        }
        JsonNode detail = json(access.detail());
        JsonNode items = access.delivered() == null ? detail.path("items") : json(access.delivered());
        boolean folds =
                detail.path("system").asBoolean() || detail.path("continues").asBoolean();
        List<Object> key = key(access, detail);
        Record same = folds ? latest.get(key) : null;
        if (same != null) {
            same.add(access, detail, items);
            return;
        }
        Record record = new Record(access, detail, items);
        open.add(record);
        latest.put(key, record);
    }

    /** Hands on what is still open. */
    void close() {
        open.forEach(records);
        open.clear();
        latest.clear();
    }

    private static List<Object> key(AccessRecord access, JsonNode detail) {
        return List.of(
                Objects.requireNonNullElse(access.organisation(), ""),
                access.app(),
                Objects.requireNonNullElse(access.user(), ""),
                access.action(),
                access.interaction(),
                access.purposes(),
                access.permitted(),
                access.reason(),
                access.directives(),
                detail.path("counterparts"));
    }

    private static JsonNode json(@Nullable String text) {
        try {
            return text == null ? MissingNode.getInstance() : MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored detail is JSON", e);
        }
    }
}
