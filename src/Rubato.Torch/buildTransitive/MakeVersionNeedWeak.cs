using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a Linux library and marks its need of one symbol version as weak, so that it also loads where the other library does not offer
/// that version. Compiled by MSBuild as the build needs it.
/// </summary>
/// <remarks>
/// GCC 13 gives every program that includes iostream a need of GLIBCXX_3.4.32, which asks only that libstdc++ itself sets up the standard
/// streams. libtorch, built by an older GCC, does that as it loads. A relocation that names a symbol of the version would be a real use:
/// then no copy is written. Sections and fields: System V ABI; LSB Core 5.0, "Symbol Versioning".
/// </remarks>
public class MakeVersionNeedWeak : Task
{
    private const uint Relocations = 4;
    private const uint DynamicSymbols = 11;
    private const uint VersionNeeds = 0x6ffffffe;
    private const uint SymbolVersions = 0x6fffffff;
    private const byte WeakFlag = 2;

    private byte[] _file;

    [Required]
    public string Source { get; set; }

    [Required]
    public string Copy { get; set; }

    [Required]
    public string Version { get; set; }

    public override bool Execute()
    {
        _file = File.ReadAllBytes(Source);
        if (_file.Length < 64 || U32(0) != 0x464c457f || _file[4] != 2 || _file[5] != 1)
        {
            return Refuse("it is no 64-bit little-endian ELF file");
        }

        int needs = Section(VersionNeeds), versions = Section(SymbolVersions), symbols = Section(DynamicSymbols);
        if (needs < 0 || versions < 0 || symbols < 0)
        {
            return Refuse("it has no table of version needs");
        }

        var index = Weaken(needs);
        if (index < 0)
        {
            Log.LogMessage(MessageImportance.Normal, "{0} does not need {1}.", Source, Version);
        }
        else
        {
            var uses = Uses(index, Offset(versions));
            if (uses > 0)
            {
                return Refuse(uses + " of its relocations use it");
            }
        }

        // Written aside and moved: builds that run side by side may share the copy.
        Directory.CreateDirectory(Path.GetDirectoryName(Copy));
        var part = Copy + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(part, _file);
        try
        {
            File.Delete(Copy);
            File.Move(part, Copy);
        }
        catch (IOException) when (File.Exists(Copy))
        {
            File.Delete(part);
        }

        return true;
    }

    private bool Refuse(string reason)
    {
        Log.LogWarning(
            null,
            "RUBATO1",
            null,
            Source,
            0,
            0,
            0,
            0,
            "The need of {0} stays as it is, for {1}: the library loads only where libstdc++ has that version (GCC 13 or later).",
            Version,
            reason);
        return true;
    }

    // Sets the flag of every need of the version and returns the version's index in this file, or -1.
    private int Weaken(int section)
    {
        int names = Offset(At((int)U32(section + 0x28))), index = -1;
        for (int entry = Offset(section), step = -1; step != 0; entry += step)
        {
            for (int need = entry + (int)U32(entry + 8), next = -1; next != 0; need += next)
            {
                int start = names + (int)U32(need + 8), end = Array.IndexOf(_file, (byte)0, start);
                if (Encoding.ASCII.GetString(_file, start, end - start) == Version)
                {
                    index = U16(need + 6) & 0x7fff;
                    _file[need + 4] |= WeakFlag;
                }

                next = (int)U32(need + 12);
            }

            step = (int)U32(entry + 12);
        }

        return index;
    }

    private int Uses(int index, int versions)
    {
        var uses = 0;
        for (var number = 0; number < U16(0x3c); number++)
        {
            if (U32(At(number) + 4) != Relocations)
            {
                continue;
            }

            int start = Offset(At(number)), end = start + (int)U64(At(number) + 0x20);
            for (var relocation = start; relocation < end; relocation += 24)
            {
                var symbol = (int)U32(relocation + 12);
                if (symbol != 0 && (U16(versions + (2 * symbol)) & 0x7fff) == index)
                {
                    uses++;
                }
            }
        }

        return uses;
    }

    private int Section(uint kind)
    {
        for (var number = 0; number < U16(0x3c); number++)
        {
            if (U32(At(number) + 4) == kind)
            {
                return At(number);
            }
        }

        return -1;
    }

    private int At(int number) { return (int)U64(0x28) + (number * U16(0x3a)); }

    private int Offset(int section) { return (int)U64(section + 0x18); }

    private int U16(int offset) { return BitConverter.ToUInt16(_file, offset); }

    private uint U32(int offset) { return BitConverter.ToUInt32(_file, offset); }

    private ulong U64(int offset) { return BitConverter.ToUInt64(_file, offset); }
}
