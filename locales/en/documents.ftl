# Register of documents, verification, files.
documents-file-empty = This file is empty. Choose another one.
documents-file-kind = This kind of file is not accepted. Send a photo (JPEG, PNG, WebP), a PDF, a Word file (.docx) or an Excel file (.xlsx) without macros.
documents-file-unknown = The file was not found or is in use already. Upload it again.
