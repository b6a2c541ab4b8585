package phr.fhir.normalise.medication.record;

import java.util.List;

/** A medicine bought without prescription: record 3 with its records 31. */
public record Otc(NotebookRecord medicine, List<NotebookRecord> ingredients) {}
