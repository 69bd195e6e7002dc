import { access, constants, mkdir, stat } from 'node:fs/promises'
import path from 'node:path'

/** A folder that is needed cannot be made or written into; the message says which setting names another one. */
export class FolderNotWritableError extends Error {
  override readonly name = 'FolderNotWritableError'
}

/**
 * Makes sure of a folder that may be written into.
 * @param setting the variable that names the folder, for whoever has to choose another one.
 * @throws FolderNotWritableError
 */
export async function ensureWritableFolder(folder: string, setting: string): Promise<void> {
  try {
    await makeFolder(path.resolve(folder))
    await access(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    const { code = 'UNKNOWN' } = error as NodeJS.ErrnoException
    throw new FolderNotWritableError(
      `不能写入目录 ${folder}（${reasons[code]?.zh ?? code}），请修改其权限，或将 ${setting} 设为另一个可以写入的目录。` +
        ` The folder ${folder} cannot be written into (${reasons[code]?.en ?? code}): change its rights, or set ${setting} to another folder.`,
      { cause: error },
    )
  }
}

const reasons: Record<string, { zh: string; en: string }> = {
  EACCES: { zh: '没有权限', en: 'no permission' },
  EPERM: { zh: '没有权限', en: 'no permission' },
  EROFS: { zh: '只读的磁盘', en: 'a read-only disk' },
  ENOSPC: { zh: '磁盘已满', en: 'the disk is full' },
  EEXIST: { zh: '该处已有同名文件', en: 'there is a file of this name' },
  ENOTDIR: { zh: '路径中有一段不是目录', en: 'part of the path is no folder' },
  ENOENT: { zh: '不能在此处建立目录', en: 'no folder can be made there' },
}

/** Step by step from the nearest folder that is there: Node's own way never ends where the system makes none (`/proc`). */
async function makeFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined)
  if (found?.isDirectory()) return
  if (folder !== path.dirname(folder)) await makeFolder(path.dirname(folder))
  await mkdir(folder).catch(async (error: NodeJS.ErrnoException) => {
    // Another process may have made it a moment ago.
    if (error.code !== 'EEXIST' || !(await stat(folder)).isDirectory()) throw error
  })
}
