package phr.portability;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.Content;
import phr.portability.bag.Bag;
import phr.portability.zip.Archive;
import phr.portability.zip.Refusal;

/** An inspected container with the service folders found in it. */
final class Container implements Closeable {

    private final Archive archive;
    private final @Nullable Path spooled;
    private final List<ServiceFolder> folders;

    private Container(Archive archive, @Nullable Path spooled) {
        this.archive = archive;
        this.spooled = spooled;
        this.folders = folders(archive);
    }

    static Container open(Content content, Limits limits, Path spool) throws IOException {
        Path file = null;
        Path zip;
        if (content instanceof Content.Spooled onDisk) {
            zip = onDisk.file();
        } else {
            Files.createDirectories(spool);
            file = Files.createTempFile(spool, "container-", ".zip");
            zip = file;
        }
        Archive archive = null;
        try {
            if (file != null) {
                copy(content, file);
            }
            archive = Archive.open(zip, limits.entries(), limits.bytes());
            return new Container(archive, file);
        } catch (IOException | RuntimeException e) {
            if (archive != null) {
                archive.close();
            }
            if (file != null) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
    }

    Archive archive() {
        return archive;
    }

    List<ServiceFolder> folders(ServiceFolder.Kind kind) {
        return folders.stream().filter(folder -> folder.kind() == kind).toList();
    }

    /** Files that lie in no service folder. */
    List<String> strays() {
        return archive.names().stream()
                .filter(name -> folders.stream().noneMatch(folder -> name.startsWith(folder.prefix())))
                .toList();
    }

    /** The newest package folder, by the time stamp of its name. */
    Optional<ServiceFolder> newestPackage() {
        return folders(ServiceFolder.Kind.PACKAGE).stream()
                .max(java.util.Comparator.comparing(folder -> stamp(folder.prefix())));
    }

    @Override
    public void close() throws IOException {
        archive.close();
        if (spooled != null) {
            Files.deleteIfExists(spooled);
        }
    }

    private static String stamp(String prefix) {
        return prefix.substring(prefix.lastIndexOf('_') + 1);
    }

    private static List<ServiceFolder> folders(Archive archive) {
        TreeSet<String> packages = new TreeSet<>();
        TreeSet<String> indexed = new TreeSet<>();
        for (String name : archive.names()) {
            String prefix = name.substring(0, name.lastIndexOf('/') + 1);
            if (name.equals(prefix + Names.PACKAGE) || name.equals(prefix + Bag.DECLARATION)) {
                packages.add(prefix);
            } else if (name.equals(prefix + Names.INDEX)) {
                indexed.add(prefix);
            }
        }
        packages.removeIf(prefix -> !archive.names().contains(prefix + Names.PACKAGE));
        packages.removeIf(prefix -> inside(prefix, packages));
        indexed.removeIf(prefix -> packages.contains(prefix) || inside(prefix, packages) || inside(prefix, indexed));
        List<ServiceFolder> folders = new ArrayList<>();
        packages.forEach(prefix -> folders.add(ServiceFolder.of(archive, prefix, ServiceFolder.Kind.PACKAGE)));
        indexed.forEach(prefix -> folders.add(ServiceFolder.of(archive, prefix, ServiceFolder.Kind.SPHR)));
        if (folders.isEmpty()) {
            throw Refusal.malformed("PKG-FOLDER", "the container holds no service folder", null);
        }
        return folders;
    }

    private static boolean inside(String prefix, TreeSet<String> others) {
        return others.stream().anyMatch(other -> !other.equals(prefix) && prefix.startsWith(other));
    }

    private static void copy(Content content, Path file) throws IOException {
        try (InputStream in = content.open()) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
