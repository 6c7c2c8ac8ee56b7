package tr.emanet.backup.target;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;

/**
 * A repository in a bucket, laid out as restic's S3 back end does ({@code prefix/data/ab/abcd...}).
 *
 * <p>With {@code lockDays} every object but the locks is written under the bucket's object lock in
 * compliance mode: nobody, not even the owner of the account, removes its bytes before the day. The
 * service itself checks the digest of what arrives. Any thread.
 */
public final class S3Target implements Target, Targets.End {

  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

  private final TargetAddress.S3 address;
  private final int lockDays;
  private final S3Client client;
  private final S3Locks locks;

  S3Target(TargetAddress.S3 address, int lockDays, InstantSource clock, S3Client client) {
    this.address = address;
    this.lockDays = lockDays;
    this.client = client;
    this.locks = new S3Locks(client, address.bucket(), lockDays, clock);
  }

  static S3Target open(TargetAddress.S3 address, TargetAccess access, InstantSource clock)
      throws IOException {
    var managers = Authorities.managers(access.authorities());
    UrlConnectionHttpClient.Builder http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(20))
            .socketTimeout(Duration.ofMinutes(2));
    if (managers != null) {
      http.tlsTrustManagersProvider(() -> managers);
    }
    S3Client client =
        S3Client.builder()
            .endpointOverride(address.endpoint())
            .region(Region.of(access.region()))
            .credentialsProvider(credentials(access))
            .forcePathStyle(true)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClientBuilder(http)
            .build();
    return new S3Target(address, access.lockDays(), clock, client);
  }

  private static AwsCredentialsProvider credentials(TargetAccess access) throws IOException {
    String user = access.user();
    String secret = access.readSecret();
    if (user == null || secret == null) {
      return AnonymousCredentialsProvider.create();
    }
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(user, secret));
  }

  @Override
  public void prepare() throws IOException {
    asked(
        "looking into the bucket",
        () -> {
          ListObjectsV2Request few = listing(prefix()).maxKeys(1).build();
          if (!client.listObjectsV2(few).contents().isEmpty()) {
            throw new BackupException(
                "'" + describe() + "' is not empty; name a new prefix for the repository");
          }
          return true;
        });
    if (lockDays > 0) {
      locks.require();
    }
  }

  @Override
  public void write(ObjectKind kind, String name, byte[] bytes, int offset, int length)
      throws IOException {
    boolean locked = lockDays > 0 && kind != ObjectKind.LOCK;
    put(key(kind, name), LocalTarget.label(kind, name), locked, bytes, offset, length);
  }

  @Override
  public boolean writeBeside(String name, byte[] bytes) throws IOException {
    // What is written anew now and then would fill a locked bucket with its versions.
    boolean locked = lockDays > 0 && SideFiles.isForGood(name);
    put(prefix() + SideFiles.checked(name), "file " + name, locked, bytes, 0, bytes.length);
    return true;
  }

  @Override
  public byte @Nullable [] readBeside(String name) throws IOException {
    String key = prefix() + SideFiles.checked(name);
    return this.<Optional<byte[]>>asked(
            "reading " + key,
            () -> {
              try (var body = client.getObject(r -> r.bucket(address.bucket()).key(key))) {
                return Optional.of(body.readNBytes(SideFiles.MAX));
              } catch (NoSuchKeyException e) {
                return Optional.empty();
              }
            })
        .orElse(null);
  }

  @Override
  public List<Entry> listBeside(String directory) throws IOException {
    String under = prefix() + SideFiles.checked(directory) + "/";
    return asked(
        "listing " + under,
        () -> {
          List<Entry> found = new ArrayList<>();
          for (S3Object object : client.listObjectsV2Paginator(listing(under).build()).contents()) {
            String name = object.key().substring(under.length());
            if (name.indexOf('/') < 0) {
              found.add(new Entry(name, object.size()));
            }
          }
          return found;
        });
  }

  private void put(String key, String label, boolean locked, byte[] bytes, int offset, int length)
      throws IOException {
    asked(
        "writing " + label,
        () -> {
          PutObjectRequest.Builder put =
              PutObjectRequest.builder()
                  .bucket(address.bucket())
                  .key(key)
                  .contentLength((long) length)
                  .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                  .checksumSHA256(Checksums.sha256(bytes, offset, length));
          if (locked) {
            put.objectLockMode(ObjectLockMode.COMPLIANCE).objectLockRetainUntilDate(locks.until());
          }
          client.putObject(
              put.build(),
              RequestBody.fromContentProvider(
                  () -> new java.io.ByteArrayInputStream(bytes, offset, length),
                  length,
                  "application/octet-stream"));
          return true;
        });
  }

  @Override
  public byte[] read(ObjectKind kind, String name, int max) throws IOException {
    return get(
        kind,
        name,
        null,
        body -> {
          byte[] bytes = body.readNBytes(max);
          if (bytes.length == max && body.read() >= 0) {
            body.abort();
            throw new BackupException(
                LocalTarget.label(kind, name) + " has more bytes than the limit of " + max);
          }
          return bytes;
        });
  }

  @Override
  public void readAt(ObjectKind kind, String name, long position, byte[] into, int length)
      throws IOException {
    if (length == 0) {
      return;
    }
    get(
        kind,
        name,
        "bytes=" + position + "-" + (position + length - 1),
        body -> {
          int read = ((InputStream) body).readNBytes(into, 0, length);
          if (read < length) {
            throw new BackupException(
                LocalTarget.label(kind, name)
                    + " ends at "
                    + (position + read)
                    + ", before "
                    + (position + length));
          }
          return true;
        });
  }

  private interface Reading<T> {
    T from(ResponseInputStream<GetObjectResponse> body) throws IOException;
  }

  private <T> T get(ObjectKind kind, String name, @Nullable String range, Reading<T> reading)
      throws IOException {
    String key = key(kind, name);
    return asked(
        "reading " + LocalTarget.label(kind, name),
        () -> {
          try (ResponseInputStream<GetObjectResponse> body =
              client.getObject(r -> r.bucket(address.bucket()).key(key).range(range))) {
            return reading.from(body);
          } catch (NoSuchKeyException e) {
            throw new BackupException(
                LocalTarget.label(kind, name) + " is missing in " + describe(), e);
          } catch (S3Exception e) {
            if (e.statusCode() == 416) {
              throw new BackupException(
                  LocalTarget.label(kind, name) + " ends before what is asked for", e);
            }
            throw e;
          }
        });
  }

  @Override
  public List<Entry> list(ObjectKind kind) throws IOException {
    String under =
        kind == ObjectKind.CONFIG ? prefix() + "config" : prefix() + kind.directory() + "/";
    return asked(
        "listing " + under,
        () -> {
          List<Entry> found = new ArrayList<>();
          for (S3Object object : client.listObjectsV2Paginator(listing(under).build()).contents()) {
            String name = object.key().substring(object.key().lastIndexOf('/') + 1);
            if (kind != ObjectKind.CONFIG || object.key().equals(under)) {
              found.add(new Entry(name, object.size()));
            }
          }
          return found;
        });
  }

  private ListObjectsV2Request.Builder listing(String under) {
    return ListObjectsV2Request.builder().bucket(address.bucket()).prefix(under);
  }

  @Override
  public void remove(ObjectKind kind, String name) throws IOException {
    String key = key(kind, name);
    asked(
        "removing " + LocalTarget.label(kind, name),
        () -> {
          client.deleteObject(r -> r.bucket(address.bucket()).key(key));
          return true;
        });
  }

  /**
   * All objects get the full days again when the configuration has less than half of them left; its
   * own date is set last and so tells of all.
   */
  @Override
  public void extendLocks(Locking which) throws IOException {
    if (lockDays == 0) {
      return;
    }
    locks.require();
    String config = prefix() + "config";
    asked(
        "extending the object lock",
        () -> {
          if (!locks.isShort(config)) {
            return true;
          }
          for (ObjectKind kind :
              List.of(ObjectKind.DATA, ObjectKind.INDEX, ObjectKind.SNAPSHOT, ObjectKind.KEY)) {
            for (Entry object : list(kind)) {
              if (NAME.matcher(object.name()).matches() && which.stays(kind, object.name())) {
                locks.retain(key(kind, object.name()));
              }
            }
          }
          locks.retain(config);
          return true;
        });
  }

  @Override
  public @Nullable Instant lockedUntil(ObjectKind kind, String name) throws IOException {
    String key = key(kind, name);
    // Days that were set earlier may hold it still.
    return this.<Optional<Instant>>asked(
            "looking at the lock of " + key, () -> Optional.ofNullable(locks.of(key)))
        .orElse(null);
  }

  @Override
  public void erase(ObjectKind kind, String name) throws IOException {
    String key = key(kind, name);
    asked(
        "erasing " + LocalTarget.label(kind, name),
        () -> {
          locks.erase(key);
          return true;
        });
  }

  private String prefix() {
    return address.prefix().isEmpty() ? "" : address.prefix() + "/";
  }

  private String key(ObjectKind kind, String name) throws BackupException {
    if (kind == ObjectKind.CONFIG) {
      return prefix() + "config";
    }
    if (!NAME.matcher(name).matches()) {
      throw new BackupException("'" + name + "' is no name of an object; remove the foreign file");
    }
    String directory = prefix() + kind.directory() + "/";
    return kind == ObjectKind.DATA
        ? directory + name.substring(0, 2) + "/" + name
        : directory + name;
  }

  /** The SDK tries again by itself what may be; what it throws then is the answer. */
  private <T> T asked(String what, Retries.Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (S3Exception e) {
      String remedy =
          switch (e.statusCode()) {
            case 401, 403 -> "; check access key, secret and the rights on the bucket";
            case 404 -> "; check the bucket";
            default -> "";
          };
      throw new BackupException(
          describe() + " answers " + e.statusCode() + " to " + what + remedy + ": " + code(e), e);
    } catch (SdkException e) {
      throw new BackupException(
          describe() + " does not answer to " + what + ": " + e.getMessage(), e);
    }
  }

  private static String code(S3Exception e) {
    return e.awsErrorDetails() == null
        ? String.valueOf(e.getMessage())
        : e.awsErrorDetails().errorCode() + " " + e.awsErrorDetails().errorMessage();
  }

  @Override
  public String describe() {
    return address.text();
  }

  @Override
  public void close() {
    client.close();
  }
}
