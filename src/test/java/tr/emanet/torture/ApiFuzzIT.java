package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole API against schemathesis, which makes requests from our own description of it: edges of
 * every parameter, wrong types, holes in lists, names of control characters. Nothing may end in a
 * server error or answer with anything that the description does not name.
 */
class ApiFuzzIT {

  private static final Path PROGRAM =
      Path.of("target/schemathesis/bin/schemathesis").toAbsolutePath();

  @TempDir Path directory;

  @Test
  void answersEveryRequestAsItsDescriptionSays() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(PROGRAM),
        "skipped: schemathesis is not installed (packaging/test installs it)");
    Path output = directory.resolve("output");
    Path state = directory.resolve("state");
    try (Emanet service = new Emanet(state, directory.resolve("log"), List.of(), List.of())) {
      service.start();

      Process fuzz = fuzz(service.api(), output);

      assertThat(fuzz.waitFor(5, TimeUnit.MINUTES)).as("in time").isTrue();
      String said = Files.readString(output, StandardCharsets.UTF_8);
      assertThat(fuzz.exitValue()).as(said).isZero();
      assertThat(Files.readString(directory.resolve("log"))).doesNotContain("Request failed");
    }
  }

  private Process fuzz(Api api, Path output) throws Exception {
    return new ProcessBuilder(
            List.of(
                PROGRAM.toString(),
                "--no-color",
                "run",
                api.base() + "/api/v1/openapi.yaml",
                "--url=" + api.base() + "/api/v1",
                "--header=Authorization: Bearer " + api.token(),
                "--checks=not_a_server_error,content_type_conformance,"
                    + "status_code_conformance,response_schema_conformance",
                "--phases=examples,coverage,fuzzing",
                "--max-examples=4",
                "--seed=6",
                "--generation-database=none",
                "--continue-on-failure",
                "--max-failures=50",
                "--request-timeout=30",
                // Its body is a signature, which schemathesis cannot make.
                "--exclude-path=/signatures/{kind}/{object}"))
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }
}
