package tr.emanet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tr.emanet.backup.key.KeyPlace;
import tr.emanet.backup.key.KeyStatus;
import tr.emanet.backup.key.PasswordChange;
import tr.emanet.backup.key.RepositoryKeys;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.seal.SealedKeys;

/** {@code emanet backup keys password}: another password for a repository that stays. */
@Command(
    name = "password",
    description =
        "Gives the repository another password; the master key stays, so this is no new era. The"
            + " old one opens until it is removed with --remove-old after a drill of the escrow.")
final class KeysPasswordCommand extends BackupKeysCommand.OnKeys {

  @Mixin private SealKeyOption key = new SealKeyOption();

  @Option(
      names = "--remove-old",
      description = "Takes the key file of the password before away; the escrow must be proven")
  private boolean removeOld;

  KeysPasswordCommand(PrintStream out) {
    super(out);
  }

  /** An open repository of this command. */
  private record Place(Repository repository, SealedKeys keys, String approval)
      implements KeyPlace {

    @Override
    public String key() {
      return repository.key();
    }

    @Override
    public void add(byte[] password) throws IOException {
      String ignored = keys.add(repository, password, approval);
    }

    @Override
    public void remove(String name) throws IOException {
      keys.remove(repository, name, approval);
    }
  }

  @Override
  int run(RepositoryKeys keys) throws IOException, CommandFailed {
    KeyStatus status =
        keys.status(name)
            .orElseThrow(() -> new CommandFailed(ExitCode.FAILED, "'" + name + "' has no keys"));
    boolean ignored = options.on(keys, status, repository -> sealed(keys, repository));
    return ready(keys);
  }

  private boolean sealed(RepositoryKeys keys, Repository repository)
      throws IOException, CommandFailed {
    if (!key.isNamed()) {
      work(keys, repository, new SealedKeys(null, InstantSource.system()));
      SealKeyOption.warn(repository, out);
      return false;
    }
    return key.work(
        seals -> {
          work(keys, repository, new SealedKeys(seals, InstantSource.system()));
          out.println("sealed; newest seal " + seals.head(repository).sequence());
          return true;
        });
  }

  private void work(RepositoryKeys keys, Repository repository, SealedKeys files)
      throws IOException {
    PasswordChange change = keys.change();
    String why = removeOld ? "old password removed by " : "password changed by ";
    Place place = new Place(repository, files, why + options.person());
    if (removeOld) {
      change.retire(name, place, options.person());
      out.println("removed: the old password opens no more");
    } else {
      change.change(name, place, options.person());
      out.println("changed: both passwords open until the old one is removed (--remove-old)");
    }
  }
}
