"""Make a PDF one to be kept: what PDF/A-3 (ISO 19005-3) asks for beyond what the engine writes."""

import pikepdf
from lxml import etree

from newsbook.model import Edition

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

# ISO 19005-3 §6.6.2.3: a schema that PDF/A does not know is described where it is used. PDF/UA-1 adds one number.
_ACCESSIBLE = """
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def state_accessible(file: pikepdf.Pdf, edition: Edition) -> None:
    """State that a PDF/A conforms to PDF/UA-1, too (ISO 14289-1 §5)."""
    del edition
    packet = etree.fromstring(bytes(file.Root.Metadata))
    (held,) = packet.iter(f"{{{_RDF}}}RDF")
    held.append(etree.fromstring(_ACCESSIBLE))
    written = etree.tostring(packet, encoding="utf-8")
    begin, end = b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>\n', b'\n<?xpacket end="r"?>'
    file.Root.Metadata.write(begin + written + end)


def leave_unsmoothed(file: pikepdf.Pdf, edition: Edition) -> None:
    """Ask for no smoothing of pictures, which would look different in every program (ISO 19005-3 §6.2.8.1)."""
    del edition
    for item in file.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == pikepdf.Name.Image and "/Interpolate" in item:
            del item.Interpolate


ARCHIVAL = (state_accessible, leave_unsmoothed)
