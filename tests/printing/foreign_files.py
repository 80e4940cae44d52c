"""PDF files and pictures as others make them: usual, odd, broken, and meant to harm."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Link
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

A4 = (595.28, 841.89)
MARK = "SECRET"  # in all that must not be found in a print


def pdf(pages: int = 2, size: tuple[float, float] = A4, word: str = "Foreign") -> bytes:
    """Pages that say "<word> 1", "<word> 2"… in the left upper corner."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1)
    for number in range(pages):
        canvas.setFont("Helvetica", size[1] / 30)
        canvas.drawString(size[0] * 0.1, size[1] * 0.9, f"{word} {number + 1}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def changed(change: Callable[[PdfWriter], object], data: bytes = b"") -> bytes:
    """A file of two pages (or ``data``) after ``change``."""
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(data or pdf())))
    change(writer)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def raw_pdf(pages: str, *more: str, root: str = "") -> bytes:
    """Objects written down as they are: 2 holds the ``pages``, 3 is a page with a diagonal,
    further ones are ``more`` from 6 on."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{root}>>",
        f"<</Type/Pages{pages}>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources 5 0 R>>",
        stream("0 0 m 300 300 l S"),
        "<<>>",
        *more,
    ]
    return built(objects)


def stream(content: str) -> str:
    return f"<</Length {len(content)}>>\nstream\n{content}\nendstream"


def built(objects: list[str]) -> bytes:
    """A file of these objects, the first of which is the root."""
    data = b"%PDF-1.5\n"
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer <</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + end.encode()


def form() -> bytes:
    """A page with a field that is filled in, and a note."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.acroForm.textfield(name="name", value="Filled in", x=60, y=700, width=200, height=30)
    canvas.showPage()
    canvas.save()
    box = (60, 500, 260, 540)

    def note(writer: PdfWriter) -> None:
        writer.add_annotation(0, FreeText(text="A note", rect=box))
        writer.pages[0]["/Annots"][-1].get_object()[NameObject("/F")] = NumberObject(4)

    return changed(note, buffer.getvalue())


def harmful() -> bytes:
    """A script, actions, a link, an attached file and metadata at every place."""

    def change(writer: PdfWriter) -> None:
        script = _dictionary(S=NameObject("/JavaScript"), JS=TextStringObject(MARK))
        names = ArrayObject([TextStringObject("x"), script])
        writer.add_attachment(f"{MARK}.txt", MARK.encode())
        writer.root_object["/Names"][NameObject("/JavaScript")] = _dictionary(Names=names)
        writer.root_object[NameObject("/OpenAction")] = script
        writer.add_metadata({"/Author": MARK, "/Title": MARK, "/Keywords": MARK})
        writer.add_annotation(0, Link(rect=(0, 0, 90, 90), url=f"http://example.com/{MARK}"))
        page = writer.pages[0]
        page[NameObject("/AA")] = _dictionary(O=script)
        notes = StreamObject()
        notes.set_data(f"<x>{MARK}</x>".encode())
        told = writer._add_object(notes)
        page[NameObject("/Metadata")] = told
        resources = page["/Resources"]
        resources[NameObject("/Evil")] = TextStringObject(MARK)
        resources[NameObject("/Properties")] = _dictionary(P=_dictionary(Title=told))
        font = next(iter(resources["/Font"].values())).get_object()
        font[NameObject("/Metadata")] = told
        font[NameObject("/A")] = _dictionary(URI=TextStringObject(MARK))
        _draw_photo(writer, jpeg(), Metadata=told, OPI=told)

    return changed(change)


def with_photo(data: bytes) -> bytes:
    """Two pages, the first of which has this JPEG picture on it."""
    return changed(lambda writer: _draw_photo(writer, data))


def _draw_photo(writer: PdfWriter, data: bytes, **more: object) -> None:
    page = writer.pages[0]
    packed = EncodedStreamObject()
    packed._data = data
    packed.update(
        _dictionary(
            Type=NameObject("/XObject"), Subtype=NameObject("/Image"),
            Filter=NameObject("/DCTDecode"), ColorSpace=NameObject("/DeviceRGB"),
            Width=NumberObject(80), Height=NumberObject(60), BitsPerComponent=NumberObject(8),
            **more,
        )
    )  # fmt: skip
    page["/Resources"][NameObject("/XObject")] = _dictionary(Photo=writer._add_object(packed))
    content = StreamObject()
    content.set_data(b"\nq 80 0 0 60 100 100 cm /Photo Do Q")
    parts = [page.raw_get("/Contents"), writer._add_object(content)]
    page[NameObject("/Contents")] = ArrayObject(parts)


def _dictionary(**entries: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def with_content(packed: bytes) -> bytes:
    """Two pages, the first of which is drawn by what ``packed`` is."""

    def change(writer: PdfWriter) -> None:
        content = EncodedStreamObject()
        content[NameObject("/Filter")] = NameObject("/FlateDecode")
        content._data = packed
        writer.pages[0][NameObject("/Contents")] = writer._add_object(content)

    return changed(change)


def cropped() -> bytes:
    def change(writer: PdfWriter) -> None:
        writer.pages[0].cropbox = RectangleObject((0, 600, 300, 841))

    return changed(change)


def rotated(degrees: int) -> bytes:
    return changed(lambda writer: [page.rotate(degrees) for page in writer.pages])


def layered() -> bytes:
    """SHOWN is seen, HIDDEN stands on a layer that is off."""
    text = "BT /F 20 Tf 20 {y} Td ({word}) Tj ET"
    hidden = "/OC /L BDC " + text.format(y=100, word="HIDDEN") + " EMC"
    return built(
        [
            "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[5 0 R]/D<</OFF[5 0 R]>>>>>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources 7 0 R>>",
            stream(text.format(y=200, word="SHOWN") + " " + hidden),
            "<</Type/OCG/Name(layer)>>",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            "<</Font<</F 6 0 R>>/Properties<</L 5 0 R>>>>",
        ]
    )


def photo(size: tuple[int, int] = (800, 600)) -> Image.Image:
    """Many colours; the left upper corner is red, all else blue and green."""
    fall = Image.linear_gradient("L").resize(size)
    rise = fall.transpose(Image.Transpose.ROTATE_180)
    image = Image.merge("RGB", (Image.new("L", size), fall, rise))
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 4, size[1] // 4), fill="red")
    return image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def jpeg(orientation: int = 1, size: tuple[int, int] = (80, 60)) -> bytes:
    """A photo whose camera has told more than its picture."""
    notes = Image.Exif()
    notes[0x0112], notes[0x010E] = orientation, MARK
    return saved(photo(size), "JPEG", exif=notes, comment=MARK.encode(), quality=95)


def png_bomb() -> bytes:
    """Says that it is 60,000 dots wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(10_000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body
