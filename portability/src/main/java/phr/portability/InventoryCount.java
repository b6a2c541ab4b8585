package phr.portability;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import phr.fhir.Sha256;
import phr.portability.json.JsonObject;

/** Gathers an {@link Inventory}; 32 bytes a resource in memory. */
final class InventoryCount {

    private final ContentHash hash;
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<byte[]> hashes = new ArrayList<>();

    InventoryCount(ContentHash hash) {
        this.hash = hash;
    }

    /** Uses the tree up. */
    void add(JsonObject resource) {
        if (ContentHash.compared(resource)) {
            counts.merge(resource.string("resourceType").orElse(""), 1, Integer::sum);
            hashes.add(hash.ofTree(resource).bytes());
        }
    }

    Inventory total(int originals) {
        hashes.sort(java.util.Arrays::compareUnsigned);
        MessageDigest digester = Sha256.digester();
        for (byte[] one : hashes) {
            digester.update((HexFormat.of().formatHex(one) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        return new Inventory(counts, originals, Sha256.from(digester.digest()));
    }
}
