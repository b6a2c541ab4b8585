package phr.portability;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import phr.fhir.Sha256;
import phr.portability.bag.Manifest;

/** A package as a directory of files, zipped on the way out. */
final class SpooledPackage implements PreparedPackage {

    private final Spool spool;
    private final UUID packageId;
    private final String folder;
    private final LocalDateTime time;
    private final Inventory inventory;

    SpooledPackage(ExportRun run, Inventory inventory) {
        this.spool = run.spool;
        this.packageId = run.packageId;
        this.folder = run.folder();
        this.time = run.time.toLocalDateTime();
        this.inventory = inventory;
    }

    @Override
    public UUID packageId() {
        return packageId;
    }

    @Override
    public String fileName() {
        return "SPHR_" + folder + ".sphr";
    }

    @Override
    public Sha256 tagManifest() {
        return spool.facts(Manifest.TAGS).sha256();
    }

    @Override
    public Inventory inventory() {
        return inventory;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        for (String path : PackageFrame.order(spool)) {
            ZipEntry entry = new ZipEntry(folder + "/" + path);
            entry.setTimeLocal(time);
            zip.putNextEntry(entry);
            try (InputStream in = spool.open(path)) {
                in.transferTo(zip);
            }
            zip.closeEntry();
        }
        zip.finish();
        zip.flush();
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
