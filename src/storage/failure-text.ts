/** What to do about a failure of SQLite, in the words of an operator. */
export function describeFailure(message: string, folder: string): string {
  if (/SQLITE_FULL|disk is full|ENOSPC/i.test(message))
    return `the disk of ${folder} is full: make room, or lower --storage.max-bytes`;
  if (/readonly|read-only|EROFS|EACCES|EPERM/i.test(message))
    return `${folder} cannot be written: check its owner, its mode and whether the mount is read-only`;
  if (/ENOTDIR|EEXIST|ENOENT|: 14/.test(message))
    return `${folder} cannot be opened as a folder: give --storage.path a folder that can be written (${message})`;
  return message;
}
