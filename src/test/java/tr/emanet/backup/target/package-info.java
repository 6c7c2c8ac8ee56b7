/** Targets against servers that we did not write: OpenSSH, rclone's REST server, moto's S3. */
@NullMarked
package tr.emanet.backup.target;

import org.jspecify.annotations.NullMarked;
