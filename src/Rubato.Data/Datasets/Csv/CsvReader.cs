namespace Rubato.Data.Datasets.Csv;

/// <summary>
/// Takes a table apart by RFC 4180: records end with LF or CRLF, fields are separated by commas. A field that begins with a quote ends with
/// the next quote that is not doubled; it may hold commas and line ends. Bytes in, slices of them out; it allocates nothing.
/// </summary>
/// <remarks>
/// Beyond the RFC: a byte order mark at the beginning and empty lines at the end are passed over. A mutable value: keep it in a local
/// variable and pass it by reference.
/// </remarks>
internal ref struct CsvReader
{
    private readonly ReadOnlySpan<byte> _text;
    private int _position;
    private int _lines;

    internal CsvReader(ReadOnlySpan<byte> text)
    {
        _text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        var end = _text.Length;
        while (end > 0 && _text[end - 1] is (byte)'\n' or (byte)'\r')
        {
            end--;
        }

        _text = _text[..end];
    }

    /// <summary>Whether another record begins here.</summary>
    internal readonly bool HasRecord => _position < _text.Length;

    /// <summary>The line, from 1, on which the next field begins.</summary>
    internal readonly int Line => _lines + 1;

    /// <summary>Takes the next field of the current record.</summary>
    internal CsvField Next()
    {
        var quoted = _position < _text.Length && _text[_position] == '"';
        return quoted ? NextQuoted() : NextPlain();
    }

    private CsvField NextPlain()
    {
        var rest = _text[_position..];
        var length = rest.IndexOfAny((byte)',', (byte)'\n');
        if (length < 0)
        {
            length = rest.Length;
        }

        var value = rest[..length];
        var last = EndField(length);
        if (last && value.Length > 0 && value[^1] == '\r')
        {
            value = value[..^1];
        }

        return new CsvField(value, hasEscapes: false, last, value.Contains((byte)'"') ? CsvFault.StrayQuote : CsvFault.None);
    }

    private CsvField NextQuoted()
    {
        var rest = _text[_position..];
        var escapes = false;
        var end = 1;
        while (true)
        {
            var quote = rest[end..].IndexOf((byte)'"');
            if (quote < 0)
            {
                _lines += rest.Count((byte)'\n');
                _position = _text.Length;
                return new CsvField(rest[1..], hasEscapes: false, last: true, CsvFault.OpenQuote);
            }

            end += quote + 1;
            if (end >= rest.Length || rest[end] != '"')
            {
                break;
            }

            escapes = true;
            end++;
        }

        var value = rest[1..(end - 1)];
        _lines += value.Count((byte)'\n');
        var tail = rest[end..];
        var length = tail.IndexOfAny((byte)',', (byte)'\n');
        if (length < 0)
        {
            length = tail.Length;
        }

        var clean = length == 0 || (length == 1 && tail[0] == '\r' && (tail.Length == 1 || tail[1] == '\n'));
        var last = EndField(end + length);
        return new CsvField(value, escapes, last, clean ? CsvFault.None : CsvFault.StrayQuote);
    }

    // Steps over the field and over the comma or line end behind it; true at the end of a record.
    private bool EndField(int length)
    {
        _position += length;
        if (_position >= _text.Length)
        {
            return true;
        }

        var last = _text[_position] == '\n';
        _position++;
        if (last)
        {
            _lines++;
        }

        // A comma at the very end of the text leaves one empty field, which the next call gives.
        return last;
    }
}

/// <summary>What breaks the quoting of a field.</summary>
internal enum CsvFault
{
    None,

    /// <summary>A quote within a plain field, or text after the closing quote.</summary>
    StrayQuote,

    /// <summary>No closing quote up to the end of the file.</summary>
    OpenQuote,
}

/// <summary>One field of a record.</summary>
/// <param name="value">Its bytes, without surrounding quotes.</param>
/// <param name="hasEscapes">Whether <paramref name="value"/> holds doubled quotes, each of which stands for one.</param>
/// <param name="last">Whether it ends its record.</param>
/// <param name="fault">What is wrong with its quotes.</param>
internal readonly ref struct CsvField(ReadOnlySpan<byte> value, bool hasEscapes, bool last, CsvFault fault)
{
    internal ReadOnlySpan<byte> Value { get; } = value;

    internal bool HasEscapes { get; } = hasEscapes;

    internal bool Last { get; } = last;

    internal CsvFault Fault { get; } = fault;
}
