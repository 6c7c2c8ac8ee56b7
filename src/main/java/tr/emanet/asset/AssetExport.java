package tr.emanet.asset;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/** Writes assets as the CSV that {@link AssetCsv} reads; no cell is a formula. Pure. */
public final class AssetExport {

  private AssetExport() {}

  /** A header and one row a product, or one row for an asset without any; no byte order mark. */
  public static String csv(List<AssetEntry> entries) {
    StringWriter text = new StringWriter();
    try (CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
      writer.writeRecord(Arrays.stream(CsvColumn.values()).map(CsvColumn::id).toList());
      for (AssetEntry entry : entries) {
        if (entry.products().isEmpty()) {
          row(writer, entry, "", "", "");
        }
        for (Product product : entry.products()) {
          row(writer, entry, product.vendor(), product.product(), product.version());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory", e);
    }
    return text.toString();
  }

  private static void row(
      CsvWriter writer, AssetEntry entry, String vendor, String product, String version) {
    writer.writeRecord(
        java.util.stream.Stream.of(
                entry.key(),
                entry.name(),
                entry.kind().id(),
                entry.unit(),
                entry.owner(),
                entry.criticality().id(),
                vendor,
                product,
                version)
            .map(CsvText::safe)
            .toList());
  }
}
