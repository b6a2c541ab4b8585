package phr.gateway.ingest.job;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Ids of what one batch has created, by type. */
public record Created(Map<String, List<UUID>> ids) {

    public Created() {
        this(new TreeMap<>());
    }

    public void add(String type, UUID id) {
        ids.computeIfAbsent(type, name -> new ArrayList<>()).add(id);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Map.Entry<String, List<UUID>> type : ids.entrySet()) {
                out.writeUTF(type.getKey());
                out.writeInt(type.getValue().size());
                out.write(bytes(type.getValue()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(List<UUID> ids) {
        ByteBuffer bytes = ByteBuffer.allocate(ids.size() * 2 * Long.BYTES);
        ids.forEach(id -> bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()));
        return bytes.array();
    }

    static Created parse(byte[] bytes) {
        Created created = new Created();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            while (in.available() > 0) {
                String type = in.readUTF();
                for (int left = in.readInt(); left > 0; left--) {
                    created.add(type, new UUID(in.readLong(), in.readLong()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return created;
    }
}
