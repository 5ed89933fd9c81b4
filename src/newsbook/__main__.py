from newsbook.cli import main

main()
