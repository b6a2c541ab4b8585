package phr.portability;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import phr.fhir.Sha256;
import phr.fhir.normalise.Content;
import phr.portability.bag.BagFiles;
import phr.portability.zip.Archive;

/**
 * A service folder of a container.
 *
 * @param prefix where it lies, ends with {@code /}; empty at the root of the container
 * @param kind what it turned out to be
 */
record ServiceFolder(Archive archive, String prefix, Kind kind, Set<String> paths) implements BagFiles {

    private static final int FRAME = 64 << 20;

    /** What a folder turned out to be. */
    enum Kind {
        /** With {@code package.json}: ours, of any provider. */
        PACKAGE,
        /** With {@code index.phr} only. */
        SPHR
    }

    static ServiceFolder of(Archive archive, String prefix, Kind kind) {
        Set<String> paths = new TreeSet<>();
        archive.names().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> paths.add(name.substring(prefix.length())));
        return new ServiceFolder(archive, prefix, kind, paths);
    }

    boolean has(String path) {
        return paths.contains(path);
    }

    Content content(String path) {
        return archive.content(prefix + path);
    }

    @Override
    public long size(String path) {
        return content(path).size();
    }

    @Override
    public Sha256 sha256(String path) {
        return content(path).sha256();
    }

    @Override
    public byte[] read(String path) throws IOException {
        return archive.read(prefix + path, FRAME);
    }
}
