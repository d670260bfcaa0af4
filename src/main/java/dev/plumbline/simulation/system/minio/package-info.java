/** MinIO: the part of the S3 API that backups need, over files in the container's volume. */
@NullMarked
package dev.plumbline.simulation.system.minio;

import org.jspecify.annotations.NullMarked;
